/** The sockets of a server that listens. */
export type ConnectionCount = {
  /** Open now, those that wait for another request included. */
  readonly open: number;
  /** Accepted since the server started. */
  readonly accepted: number;
};
