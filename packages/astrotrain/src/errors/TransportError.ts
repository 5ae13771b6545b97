/** What went wrong between a call and octane, before the answer's meaning is known. */
export type TransportErrorDetails =
  /**
   * `sent` is false only where no byte of the request can have reached octane. `foreign`: the cause is what `fetch` or a body
   * threw, not our own nor the caller's reason, and may hold anything.
   */
  | { readonly kind: "network"; readonly cause: unknown; readonly sent: boolean; readonly foreign?: boolean }
  /** `body` as it came: it may repeat the key. `sentBefore`: an earlier try of the same call may have been heard. */
  | {
      readonly kind: "http";
      readonly status: number;
      readonly body: string;
      readonly retryAfterMs?: number;
      readonly sentBefore?: boolean;
    }
  /** The answer is too large, not UTF-8, not JSON, or of another content type. */
  | { readonly kind: "deserialise"; readonly cause: unknown }
  | { readonly kind: "malformed_sse_frame" };

/** Never leaves the package: each public call turns it into its own error class. */
export class TransportError extends Error {
  static {
    TransportError.prototype.name = "TransportError";
  }

  readonly details: TransportErrorDetails;

  constructor(details: TransportErrorDetails) {
    super(`transport: ${details.kind}`);
    this.details = details;
  }
}
