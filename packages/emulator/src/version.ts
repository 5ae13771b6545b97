/** The version every answer names in its `x-sigil-emulator` header; a test holds it to package.json. */
export const version: string = "0.0.0";
