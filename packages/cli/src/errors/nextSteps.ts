/** What to do next, said in commands, for each kind and code of the SDK's errors where a command is the answer. */
export const nextSteps: Readonly<Record<string, string>> = {
  unauthorized: "Check SIGIL_API_KEY (or --api-key): sigil doctor tries it.",
  bad_request: "Mend what octane names, and run it again: --help names all options.",
  unknown_chain: "Give --chain one of octane's names, such as ethereum, base or solana.",
  expires_out_of_range: "Give --expires-in 1 to 600 seconds.",
  payload_length: "For secp256k1 give --payload the 32-byte digest, or --message the text.",
  not_found: "Check the pair id, and with sign the address: sigil wallets lists what the pair has.",
  pair_id_required: "The address is in two active pairs: give --pair-id.",
  bad_sp_signature: "Use the seed (SIGIL_SP_SEED) of the signing key that is registered for this API key.",
  pair_revoked: "It is final: pair again with sigil pair.",
  pair_pending: "The pair was never validated: pair again with sigil pair.",
  scope_denied: "Pair again with sigil pair, and ask for that chain with --access sign.",
  policy_denied: "Octane's policy refuses this request: ask who runs it, or change the request.",
  wrong_validation_code: "Pair again with sigil pair, and enter the code it shows.",
  user_rejected: "The user said no: ask again only if they want to.",
  user_timeout: "Run it again when the user is at their phone.",
  rate_limited: "Wait a little, then run it again.",
  appliance_offline: "Have the user switch the appliance on, then run it again.",
  rejected: "The user said no: run sigil pair again if they want to.",
  expired: "Run sigil pair again for a new code; --expires-in gives up to 600 seconds.",
  network: "Check SIGIL_OCTANE_URL (or --octane-url) and that octane runs there: sigil doctor looks further.",
  deserialise:
    "Check that SIGIL_OCTANE_URL (or --octane-url) is octane's, with no proxy that answers in its place.",
  malformed_sse_frame: "Check that SIGIL_OCTANE_URL (or --octane-url) is octane's, and any proxy on the way.",
  invalid_seed:
    "Set SIGIL_SP_SEED to 43 characters of base64url, which are 32 bytes: sigil keygen makes one.",
  seed_length: "Set SIGIL_SP_SEED to 43 characters of base64url, which are 32 bytes: sigil keygen makes one.",
  signer_failure: "Check SIGIL_SP_SEED: sigil doctor tries it.",
  signature_mismatch: "Use nothing of this answer, and find out who answers at SIGIL_OCTANE_URL.",
};

/** For what is not in the list above. */
export const nextStepByStatus = (status: number): string =>
  status >= 500
    ? "Octane, or something before it, failed: run it again later."
    : "Octane refused it. sigil doctor checks the URL and the key, sigil wallets what the pair may do.";
