import { join } from "node:path";
import { fileUrl } from "./files.js";
import type { Libsql } from "./libsql.js";
import { codeOf, StorageError } from "./StorageError.js";

/**
 * Keeps everybody else out of the folder until the returned function is called or this process ends, however it ends. The
 * database itself stays open to other SQLite clients, so the lock is on a file of its own: an open transaction, which the
 * system ends with the process.
 *
 * @throws StorageError `in_use`.
 */
export async function lock({ createClient }: Libsql, dir: string): Promise<() => void> {
  const client = createClient({ url: fileUrl(join(dir, "lock")), concurrency: 1 });
  try {
    // Nothing is ever written, so there is nothing to keep for a rollback.
    await client.execute("PRAGMA journal_mode = MEMORY");
    const transaction = await client.transaction("write");
    return () => {
      transaction.close();
      client.close();
    };
  } catch (cause) {
    client.close();
    if (!codeOf(cause).startsWith("SQLITE_BUSY")) throw cause;
    const next = "end the emulator that uses it, or give another folder.";
    throw new StorageError("in_use", `The folder ${dir} is in use`, next, { cause });
  }
}
