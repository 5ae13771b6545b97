/** A content coding that every fetch decodes. */
export type Coding = "gzip" | "br" | "deflate";

/** The bytes of a body, made as they are asked for. `gone` aborts once nobody will ask again. */
export type Body = (gone: AbortSignal) => AsyncIterable<Uint8Array>;

/** What becomes of the connection once everything before it has left. */
export type Ending =
  /** As it should. */
  | { readonly kind: "complete" }
  /** Nobody listens. */
  | { readonly kind: "refuse" }
  /** RST. */
  | { readonly kind: "reset" }
  /** FIN. */
  | { readonly kind: "close" }
  /** Nothing more, and no end. */
  | { readonly kind: "stall" }
  /** Bytes that are no HTTP. */
  | { readonly kind: "garbage"; readonly bytes: Uint8Array };

/**
 * What goes back to the caller where a fault strikes, said once for both ways: `simulate` turns it into what `fetch`
 * reports, `node/deliver` into bytes on a socket.
 */
export type Delivery = {
  /** Nothing where the connection ends before an answer. */
  readonly head?: { readonly status: number; readonly headers: Headers };
  /** Not yet coded, whatever the head says. What is at hand already leaves in one piece. */
  readonly body?: Body | Uint8Array;
  /** What the body is put through on its way, first one first. */
  readonly codings?: readonly Coding[];
  readonly ending: Ending;
};
