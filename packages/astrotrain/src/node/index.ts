export { createNodeFetch, type NodeFetchOptions } from "./createNodeFetch.js";
