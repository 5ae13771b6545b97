import { request } from "undici";
import { headers, type Post, requestAlone, withSpSignature } from "./floor.js";

// A file of its own: whoever imports this package has its connections under the global fetch as well, which the floor is not
// to have.

const byUndici: Post = async (url, body) =>
  (await request(url, { method: "POST", headers, body })).body.json();

export const undiciSigned = withSpSignature(byUndici);
export const undiciAlone = requestAlone(byUndici);
