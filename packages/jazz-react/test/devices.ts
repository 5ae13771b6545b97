import type { ContextOptions } from "./browsing.js";

const touch = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

export const iPhone: ContextOptions = {
  ...touch,
  userAgent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
};

export const android: ContextOptions = {
  ...touch,
  userAgent:
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36",
};

export const mac: ContextOptions = {
  userAgent:
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
};

/** It says that it is a Mac; run in the page, this makes it one with a touchscreen, as no Mac is. */
export function becomeIPad(): void {
  Object.defineProperty(Navigator.prototype, "platform", { get: () => "MacIntel" });
  Object.defineProperty(Navigator.prototype, "maxTouchPoints", { get: () => 5 });
}
