/** PKCS #8 around a raw seed (RFC 8410 section 7): runtimes take private keys in no shorter form. */
export function toPkcs8(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
  const pkcs8 = new Uint8Array(head.length + seed.length);
  pkcs8.set(head);
  pkcs8.set(seed, head.length);
  return pkcs8;
}
