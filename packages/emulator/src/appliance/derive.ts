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

/** A private key, with its address where that is written down. */
type DerivedKey = { readonly privateKey: Uint8Array; readonly address?: string };

/** The private keys of a mnemonic, by wallet index. */
export type DerivedKeys = { readonly evm: readonly DerivedKey[]; readonly solana: readonly DerivedKey[] };

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
 * What the default words give for the first two wallets, keys and addresses, as everybody knows: working it out would be
 * most of what making a first emulator takes.
 */
const firstKeys: DerivedKeys = {
  evm: [
    known(
      "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
      "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    ),
    known(
      "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
      "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    ),
  ],
  solana: [
    known(
      "a01c67efb5cb8f62f15907a9fcf124c73d2695c8a9a31f21c05742a31ca1dc72",
      "oeYf6KAJkLYhBuR8CiGc6L4D4Xtfepr85fuDgA9kq96",
    ),
    known(
      "3f25626cf245c8dd65a2b91a70e6f4c285182489fda230e2553c3752aa962b61",
      "AqynRZwvVqUPRwRJXvm6odUb3t93fDjnWe3p6BeuUFxD",
    ),
  ],
};

function known(privateKey: string, address: string): DerivedKey {
  return { privateKey: fromHex(privateKey) ?? new Uint8Array(), address };
}

let derived = firstKeys;

/** The keys of the public default words are worked out only once: a test suite makes an emulator for each test. */
function defaultKeys(count: number): DerivedKeys {
  if (derived.evm.length < count) {
    const all = keysOf(mnemonicToSeedSync(defaultMnemonic), count);
    derived = {
      evm: [...firstKeys.evm, ...all.evm.slice(firstKeys.evm.length)],
      solana: [...firstKeys.solana, ...all.solana.slice(firstKeys.solana.length)],
    };
  }
  return { evm: derived.evm.slice(0, count), solana: derived.solana.slice(0, count) };
}

function keysOf(seed: Uint8Array, count: number): DerivedKeys {
  const evmRoot = Bip32.fromMasterSeed(seed).derive("m/44'/60'/0'/0");
  const solanaRoot = Slip10.fromMasterSeed(seed);
  const indexes = Array.from({ length: count }, (_, index) => index);
  return {
    evm: indexes.map((index) => ({ privateKey: privateKeyOf(evmRoot.deriveChild(index)) })),
    solana: indexes.map((index) => ({
      privateKey: solanaRoot.derive(`m/44'/501'/${index}'/0'`).privateKey,
    })),
  };
}

function privateKeyOf(key: Bip32): Uint8Array {
  if (key.privateKey === null) throw new Error("The derived key has no private half.");
  return key.privateKey;
}
