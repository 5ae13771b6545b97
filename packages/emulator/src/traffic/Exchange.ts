/** What came back, as far as it has. Bodies are text, their first 64 KiB. */
export type ExchangeAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Where it is not whole: `open` for a stream that goes on, `aborted` where the caller left, or what a fault did. */
  readonly ended?: string;
};

/** One request and its answer, as they were on the wire. */
export type Exchange = {
  /** Counts up from 1. */
  readonly id: number;
  /** When the request came, RFC 3339, by the emulator's clock. */
  readonly at: string;
  readonly method: string;
  readonly url: string;
  /** The Authorization header shows the last four characters, a validation code none; both are secrets. */
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  /** Where there was no answer: why, such as `reset`, `aborted`, or `open` while it is still awaited. */
  readonly response: ExchangeAnswer | { readonly ended: string };
  /** In milliseconds of real time; so far, while it is open. */
  readonly tookMs: number;
  /** Id of the service provider, once it was known. */
  readonly sp?: string;
};
