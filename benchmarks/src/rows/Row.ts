import type { Wire } from "../mock/answers.js";

export type Chain = "evm" | "solana";

/** One line of the table: somebody who makes the same signature. */
export type Row = {
  readonly name: string;
  /** `check` is our adapter over a client that answers at once: what it costs to hash and to verify. */
  readonly group: "floor" | "sigil" | "peer" | "local" | "check";
  readonly chain: Chain;
  /** Whether what comes back is verified before it is handed out. */
  readonly verifies: boolean;
  /** Whom it talks to; `undefined` where nothing is sent. */
  readonly wire: Wire | undefined;
  readonly load: () => Promise<Program>;
};

/** Makes what signs, once, outside the timer. */
export type Program = (baseUrl: string) => Signer | Promise<Signer>;

/** One signature: whatever the library hands out, from which `signatureOf` takes the bytes. */
export type Signer = {
  readonly sign: () => Promise<unknown>;
  /** The signature in hexadecimal or bytes, to see once that it is the right one. */
  readonly signatureOf: (result: never) => Uint8Array | string;
};
