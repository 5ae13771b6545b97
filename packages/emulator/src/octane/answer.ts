/** What a route answers with: JSON, complete and repeatable. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What a route answers with where it is a stream of events. */
export type StreamAnswer = {
  readonly stream: ReadableStream<Uint8Array>;
  /** The frame the stream is about, once there is one. */
  readonly frame: () => Frame | undefined;
  readonly requestId: string;
};

/** The data of one event. */
export type Frame = { readonly kind: string };
