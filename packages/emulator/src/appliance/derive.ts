import { sha256 } from "@noble/hashes/sha2.js";
import { HDKey as Bip32 } from "@scure/bip32";
import { entropyToMnemonic, mnemonicToSeedSync, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { HDKey as Slip10 } from "micro-key-producer/slip10.js";
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

let defaultSeed: Uint8Array | undefined;
let derived: DerivedKeys = { evm: [], solana: [] };

/** The keys of the public default words are worked out only once: a test suite makes an emulator for each test. */
function defaultKeys(count: number): DerivedKeys {
  defaultSeed ??= mnemonicToSeedSync(defaultMnemonic);
  if (derived.evm.length < count) derived = keysOf(defaultSeed, count);
  const copies = (keys: readonly Uint8Array[]) => keys.slice(0, count).map((key) => Uint8Array.from(key));
  return { evm: copies(derived.evm), solana: copies(derived.solana) };
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
