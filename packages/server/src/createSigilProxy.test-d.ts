import { createStorage } from "unstorage";
import { expectTypeOf, test } from "vitest";
import { createSigilProxy, type ProxyStore, type SigilProxyConfig } from "./index.js";

test("R46: authorize is required, and has to say who it is", () => {
  const { authorize, ...without } = {} as SigilProxyConfig;
  // @ts-expect-error authorize is missing
  createSigilProxy(without);
  // @ts-expect-error undefined is no function
  createSigilProxy({ ...without, authorize: undefined });
  // @ts-expect-error true names nobody
  createSigilProxy({ ...without, authorize: () => true });
  createSigilProxy({ ...without, authorize });
});

test("a storage of unstorage is a store", () => {
  expectTypeOf(createStorage()).toExtend<ProxyStore>();
});
