/** A device that signs, with its own key or with another. */
export type Device = {
  sign(payload: Uint8Array): Uint8Array;
  signWithAnotherKey(payload: Uint8Array): Uint8Array;
};

/** What was changed about an answer, and the answer. */
export type Altered = readonly [change: "bit" | "key" | "payload" | "stale", answer: Uint8Array];

/**
 * The n-th altered answer of a device: seven of ten have one bit of their 64 bytes changed, all 512 bits in turn;
 * the others are by another key, over another payload, or the honest answer to an earlier one.
 */
export function alteredAnswers(device: Device): (n: number, payload: Uint8Array) => Altered {
  let earlier = device.sign(new Uint8Array(32).fill(1));
  return (n, payload) => {
    if (n % 10 === 7) return ["key", device.signWithAnotherKey(payload)];
    if (n % 10 === 8) return ["payload", device.sign(flipped(payload, n))];
    const honest = device.sign(payload);
    if (n % 10 === 9) {
      const stale = earlier;
      earlier = honest;
      return ["stale", stale];
    }
    // 197 has no divisor in common with 512, so that the bits are spread and each has its turn.
    return ["bit", flipped(honest, (Math.floor(n / 10) * 7 + (n % 10)) * 197, 512)];
  };
}

/** A client whose two requests, made at the same time, are answered with each other's signature. */
export function swappingClient(device: Device) {
  const waiting: { readonly payload: Uint8Array; readonly answer: (signature: Uint8Array) => void }[] = [];
  const sign = async ({ payload }: { readonly payload: Uint8Array }) => {
    const signature = await new Promise<Uint8Array>((answer) => {
      waiting.push({ payload, answer });
      const [first, second] = waiting;
      if (first === undefined || second === undefined) return;
      first.answer(device.sign(second.payload));
      second.answer(device.sign(first.payload));
    });
    return {
      device_signature: Buffer.from(signature).toString("base64url"),
      octane_signature: "",
      sp_signature: "",
      request_id: "r-1",
      signed_at: "",
    };
  };
  return { sign };
}

function flipped(bytes: Uint8Array, bit: number, of: number = bytes.length * 8): Uint8Array {
  const changed = bytes.slice();
  const at = bit % of;
  changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
  return changed;
}
