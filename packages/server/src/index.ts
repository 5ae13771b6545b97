export { createSigilProxy, type SigilProxy } from "./createSigilProxy.js";
export type { Paired, SigilProxyConfig, SigilUser, SignAsk, SignGrant } from "./SigilProxyConfig.js";
export type { ProxyStore } from "./store/ProxyStore.js";
export { type NextJsHandler, toNextJsHandler } from "./toNextJsHandler.js";
