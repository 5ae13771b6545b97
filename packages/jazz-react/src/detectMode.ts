/** How a session is joined: by scanning, or by a tap on this device. */
export type Mode = "qr" | "link";

/** What is asked of `navigator`. */
type Device = Pick<Navigator, "userAgent" | "platform" | "maxTouchPoints">;

/**
 * A link to tap on what runs the phone app, a QR code elsewhere. An iPad says that it is a Mac, but no Mac has a
 * touchscreen.
 */
export function detectMode({ userAgent, platform, maxTouchPoints }: Device): Mode {
  const isPhone = /Android|iPhone|iPad|iPod/i.test(userAgent);
  const isTablet = platform === "MacIntel" && maxTouchPoints > 1;
  return isPhone || isTablet ? "link" : "qr";
}
