import { sha256 } from "@noble/hashes/sha2.js";
import { HDKey as Bip32 } from "@scure/bip32";
import { entropyToMnemonic, mnemonicToSeedSync, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { HDKey as Slip10 } from "micro-key-producer/slip10.js";
import { fromHex } from "../encoding/hex.js";
import { toUtf8 } from "../encoding/utf8.js";

/** The words every local chain knows. Never put money on them. */
export const defaultMnemonic: string = "test test test test test test test test test test test junk";

/** The words of the appliance of that number, from 1: public as those above, which are the first one's. */
export function mnemonicOf(number: number): string {
  if (number === 1) return defaultMnemonic;
  return entropyToMnemonic(sha256(toUtf8(`sigil emulator appliance ${number}`)).subarray(0, 16), wordlist);
}

/** The private keys of a mnemonic, by wallet index. */
export type DerivedKeys = { readonly evm: readonly Uint8Array[]; readonly solana: readonly Uint8Array[] };

/**
 * Derives `count` keys of each kind: `m/44'/60'/0'/0/i` for EVM (BIP-32), `m/44'/501'/i'/0'` for Solana (SLIP-10).
 *
 * @throws TypeError where the words are no English BIP-39 mnemonic; they are not repeated.
 */
export function deriveKeys(mnemonic: string, count: number): DerivedKeys {
  if (mnemonic === defaultMnemonic) return defaultKeys(count);
  if (!validateMnemonic(mnemonic, wordlist)) {
    throw new TypeError("mnemonic must be 12 to 24 English BIP-39 words with a right checksum.");
  }
  return keysOf(mnemonicToSeedSync(mnemonic), count);
}

/**
 * What the default words give for the first two wallets, as everybody knows: working it out would be most of
 * what making a first emulator takes.
 */
const firstKeys: DerivedKeys = bytesOf({
  evm: [
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  ],
  solana: [
    "a01c67efb5cb8f62f15907a9fcf124c73d2695c8a9a31f21c05742a31ca1dc72",
    "3f25626cf245c8dd65a2b91a70e6f4c285182489fda230e2553c3752aa962b61",
  ],
});

let derived = firstKeys;

/** The keys of the public default words are worked out only once: a test suite makes an emulator for each test. */
function defaultKeys(count: number): DerivedKeys {
  if (derived.evm.length < count) derived = keysOf(mnemonicToSeedSync(defaultMnemonic), count);
  const copies = (keys: readonly Uint8Array[]) => keys.slice(0, count).map((key) => Uint8Array.from(key));
  return { evm: copies(derived.evm), solana: copies(derived.solana) };
}

function bytesOf(keys: { readonly [Kind in keyof DerivedKeys]: readonly string[] }): DerivedKeys {
  const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();
  return { evm: keys.evm.map(bytes), solana: keys.solana.map(bytes) };
}

function keysOf(seed: Uint8Array, count: number): DerivedKeys {
  const evmRoot = Bip32.fromMasterSeed(seed).derive("m/44'/60'/0'/0");
  const solanaRoot = Slip10.fromMasterSeed(seed);
  const indexes = Array.from({ length: count }, (_, index) => index);
  return {
    evm: indexes.map((index) => privateKeyOf(evmRoot.deriveChild(index))),
    solana: indexes.map((index) => solanaRoot.derive(`m/44'/501'/${index}'/0'`).privateKey),
  };
}

function privateKeyOf(key: Bip32): Uint8Array {
  if (key.privateKey === null) throw new Error("The derived key has no private half.");
  return key.privateKey;
}
