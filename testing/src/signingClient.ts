/** What a signer asks its client for. */
export type Asked = {
  readonly address: string;
  readonly payload: Uint8Array;
  readonly algo: string;
  readonly pairId?: string | undefined;
  readonly chain?: string | undefined;
};

/** A client whose appliance gives `answer` for each payload, and the list of what it was asked. */
export function signingClient(answer: (payload: Uint8Array) => Uint8Array) {
  const asked: Asked[] = [];
  const sign = async (options: Asked) => {
    asked.push(options);
    return {
      device_signature: Buffer.from(answer(options.payload)).toString("base64url"),
      octane_signature: "",
      sp_signature: "",
      request_id: "r-1",
      signed_at: "",
    };
  };
  return { client: { sign }, asked };
}
