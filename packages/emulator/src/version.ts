/**
 * The version every answer names in its `x-sigil-emulator` header. Written at each release, and held to package.json by a test:
 * importing the JSON would need Node's experimental JSON modules on Node 20 and a loader in each bundler, reading the
 * file a file system.
 */
export const version: string = "0.0.0";
