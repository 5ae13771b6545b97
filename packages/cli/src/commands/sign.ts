import { AstrotrainClient, type SignAlgo, type SignResult } from "@sigil/astrotrain";
import { type Command, Option } from "commander";
import { addCommand, type Run, type Tools } from "../command.js";
import { CliError } from "../errors/CliError.js";
import { exitCodes } from "../exitCodes.js";
import {
  type OctaneFlags,
  octaneOf,
  type PairFlag,
  type SeedFlag,
  seedOf,
  withOctane,
  withPairId,
  withSeed,
} from "../options/octane.js";
import { columns } from "../output/columns.js";
import { plain } from "../output/plain.js";
import { algoOf } from "../signing/algoOf.js";
import { type PayloadFlags, readPayload } from "../signing/readPayload.js";
import { verifyDevice } from "../signing/verifyDevice.js";

type Flags = OctaneFlags &
  PairFlag &
  SeedFlag &
  PayloadFlags & {
    readonly address?: string;
    readonly algo?: SignAlgo;
    readonly chain?: string;
    readonly idempotencyKey?: string;
    readonly octanePublicKey?: string;
  };

/** `sigil sign`: has the appliance sign, and verifies what it answers. */
export function addSign(program: Command, run: Run): void {
  addCommand<Flags>(
    program,
    run,
    {
      name: "sign",
      summary: "have a wallet of the pair sign, and verify the signatures",
      example:
        "sigil sign --address 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 --message hello\n" +
        "sigil sign --address 0xf39F… --payload 0x9c22ff5f21f0b81b113e63f7db6da94fedef11b2119b4088b89664fb9a3cb658",
    },
    (command) =>
      withSeed(withPairId(withOctane(command)))
        .option("--address <address>", "the wallet, as sigil wallets prints it")
        .option("--payload <bytes>", "0x and hexadecimal, or base64url: for secp256k1 the 32-byte digest")
        .option("--message <text>", "a text: UTF-8 for ed25519, the digest of EIP-191 for secp256k1")
        .addOption(new Option("--algo <name>", "default: by the address").choices(["secp256k1", "ed25519"]))
        .option("--chain <name>", "octane's name of the chain")
        .option("--idempotency-key <key>", "of a call whose outcome is unknown: gets its first answer")
        .option("--octane-public-key <key>", "octane's key, to be verified too (SIGIL_OCTANE_PUBLIC_KEY)"),
    sign,
  );
}

async function sign(flags: Flags, { io, report }: Tools): Promise<number> {
  const { address } = flags;
  if (address === undefined) {
    throw new CliError("missing_option", "--address is missing.", "sigil wallets lists the addresses.");
  }
  const algo = algoOf(address, flags.algo);
  const payload = readPayload(flags, algo);
  const octanePublicKey = flags.octanePublicKey ?? (io.env.SIGIL_OCTANE_PUBLIC_KEY || undefined);
  const { signal, ...octane } = octaneOf(flags, io);
  const client = new AstrotrainClient({ ...octane, privateKeySeed: seedOf(flags, io), octanePublicKey });
  try {
    const { chain, idempotencyKey } = flags;
    const pairId = flags.pairId ?? (io.env.SIGIL_PAIR_ID || undefined);
    if (report.talk.isTTY === true) report.say(report.paint.dim("Waiting for the user to approve…"));
    const answer = await client.sign({ address, payload, algo, pairId, chain, idempotencyKey, signal });
    const signature = verifyDevice({ address, payload, algo }, answer.device_signature);
    const verified = { device: true, sp: true, octane: octanePublicKey !== undefined };
    report.result({ signature, ...answer, verified }, lines(signature, answer, verified.octane));
    return exitCodes.ok;
  } finally {
    client.close();
  }
}

function lines(signature: string, answer: SignResult, octaneVerified: boolean): readonly string[] {
  const octane = octaneVerified ? "verified" : "not verified: give --octane-public-key";
  return columns([
    ["device", plain(signature), "verified"],
    ["octane", plain(answer.octane_signature), octane],
    ["sp", plain(answer.sp_signature), "verified"],
    ["signed at", plain(answer.signed_at), ""],
    ["request", plain(answer.request_id), ""],
  ]);
}
