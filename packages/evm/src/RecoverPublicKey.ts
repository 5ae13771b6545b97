/**
 * Recovers the public key by which `signature` is valid over `digest`: an accelerator that a user may add, such as the `recover` of
 * tiny-secp256k1, which is libsecp256k1 in WebAssembly. Its result is believed where it belongs to the wallet's address, so take
 * it from a package that you would trust with that.
 *
 * @param digest 32 bytes.
 * @param signature `r‖s`: 64 bytes, both from 1 to the curve's order less one, s in the lower half.
 * @param recoveryId the parity of the y of the point whose x is r.
 * @param compressed always `false`.
 * @returns 65 bytes, `0x04‖x‖y`; `null`, `undefined` or an error where there is no such key.
 * @see SEC 1 version 2.0, section 4.1.6
 */
export type RecoverPublicKey = (
  digest: Uint8Array,
  signature: Uint8Array,
  recoveryId: 0 | 1,
  compressed: false,
) => Uint8Array | null | undefined;

/** For adapters' options. */
export type RecoverOption = {
  /**
   * Checks signatures in a third of the time or less: for example the `recover` of tiny-secp256k1. Without it they are checked in
   * JavaScript, with the same result.
   */
  readonly recoverPublicKey?: RecoverPublicKey | undefined;
};
