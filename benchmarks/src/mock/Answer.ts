/** What the mock sends back to `method path`, or `undefined` where the service would not know the route. */
export type Answer = (request: {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}) => string | undefined;
