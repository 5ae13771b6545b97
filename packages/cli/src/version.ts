/** The version of this package. Written by hand, and a test holds it to package.json: a bundle has no such file beside it. */
export const version: string = "0.0.0";
