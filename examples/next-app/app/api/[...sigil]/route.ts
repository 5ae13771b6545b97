import { toNextJsHandler } from "@sigil/server";
import { proxy } from "../../../lib/sigil";

export const { GET, POST } = toNextJsHandler(proxy);
