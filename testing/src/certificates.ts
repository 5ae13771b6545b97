import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** What a test needs of a TLS server, or of an authority: PEM text. */
export type Certificate = { readonly cert: string; readonly key: string };

/** What a certificate is to say. A name in none of `hosts` and `addresses` is a certificate without any. */
export type CertificateOptions = {
  readonly commonName: string;
  readonly addresses?: readonly string[];
  readonly hosts?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Who signs it. Default: itself. */
  readonly issuer?: Authority;
  readonly isAuthority?: boolean;
};

export type Authority = Certificate & { readonly commonName: string; readonly privateKey: KeyObject };

const day = 86_400_000;

/** An X.509 certificate (RFC 5280) over a fresh P-256 key, made here so that no test needs a program or a file. */
export function makeCertificate(options: CertificateOptions): Authority {
  const { commonName, issuer } = options;
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { notBefore = new Date(Date.now() - day), notAfter = new Date(Date.now() + day) } = options;
  const body = sequence(
    tagged(0, integer(Buffer.of(2))),
    integer(randomBytes(8)),
    ecdsaWithSha256,
    nameOf(issuer?.commonName ?? commonName),
    sequence(time(notBefore), time(notAfter)),
    nameOf(commonName),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(3, sequence(...extensionsOf(options))),
  );
  const signature = sign("sha256", body, issuer?.privateKey ?? privateKey);
  const der = sequence(body, ecdsaWithSha256, bitString(signature));
  return {
    commonName,
    privateKey,
    cert: pem("CERTIFICATE", der),
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

function extensionsOf({ addresses = [], hosts = [], isAuthority = false }: CertificateOptions): Buffer[] {
  const names = [
    ...hosts.map((host) => encode(0x82, Buffer.from(host))),
    ...addresses.map((address) => encode(0x87, Buffer.from(address.split(".").map(Number)))),
  ];
  const constraints = isAuthority ? sequence(encode(0x01, Buffer.of(0xff))) : sequence();
  return [
    sequence(oid(85, 29, 19), encode(0x01, Buffer.of(0xff)), octets(constraints)),
    ...(names.length === 0 ? [] : [sequence(oid(85, 29, 17), octets(sequence(...names)))]),
  ];
}

/** One element of DER: tag, length, content. */
function encode(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...parts: Uint8Array[]): Buffer => encode(0x30, Buffer.concat(parts));
const tagged = (number: number, content: Uint8Array): Buffer => encode(0xa0 + number, content);
const octets = (content: Uint8Array): Buffer => encode(0x04, content);
const bitString = (content: Uint8Array): Buffer => encode(0x03, Buffer.concat([Buffer.of(0), content]));
/** The bytes of an object identifier, as its registry has them. */
const oid = (...bytes: number[]): Buffer => encode(0x06, Buffer.from(bytes));
/** Positive, whatever its first bit. */
const integer = (bytes: Buffer): Buffer =>
  encode(0x02, Buffer.concat([Buffer.of(0x01), bytes]).subarray(bytes.length > 1 ? 0 : 1));
const time = (date: Date): Buffer =>
  encode(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
const nameOf = (commonName: string): Buffer =>
  sequence(encode(0x31, sequence(oid(85, 4, 3), encode(0x0c, Buffer.from(commonName)))));

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;
