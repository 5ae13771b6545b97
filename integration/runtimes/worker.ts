// What workerd starts: the setup comes in a request, what was seen goes out in its answer.
import { type Setup, smoke } from "./smoke.js";

export default {
  fetch: async (request: Request): Promise<Response> => {
    const setup = (await request.json()) as Setup;
    return Response.json(
      await smoke(setup).catch((error: Error) => ({ failed: error.stack ?? String(error) })),
    );
  },
};
