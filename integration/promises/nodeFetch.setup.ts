import { createNodeFetch } from "@sigil/astrotrain/node";

// Clients look the global one up at each call.
globalThis.fetch = createNodeFetch();
