/**
 * Signs through a key of each name in the AWS KMS at an endpoint, and prints as JSON what came of each. In a process of its
 * own: with the conditions under which the tests run, parts of AWS' SDK do not load.
 */
import { KMSClient } from "@aws-sdk/client-kms";
import { awsSigner } from "../../examples/kms/awsSigner.js";
import { signsThrough } from "../kms/signsThrough.js";

/** What came of one key: its public key, and the error if there was one. */
export type Outcome = { readonly publicKey?: unknown; readonly error?: Readonly<Record<string, unknown>> };

const [endpoint = "", ...names] = process.argv.slice(2);
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const kms = new KMSClient({ endpoint, region: "eu-central-1", credentials, maxAttempts: 1 });

async function use(name: string): Promise<Outcome> {
  try {
    const signer = await awsSigner(kms, name);
    await signsThrough(signer);
    return { publicKey: signer.publicKey };
  } catch (error) {
    const { message, kind, cause } = error as Error & { kind?: string };
    return { error: { message, kind, cause: cause instanceof Error ? cause.name : undefined } };
  }
}

const outcomes: Record<string, Outcome> = {};
for (const name of names) outcomes[name] = await use(name);
console.log(JSON.stringify(outcomes));
kms.destroy();
