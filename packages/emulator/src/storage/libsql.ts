import type * as libsql from "@libsql/client/sqlite3";
import { StorageError } from "./StorageError.js";

/** The part of libSQL that works on files, without what talks to servers. */
export type Libsql = Pick<typeof libsql, "createClient">;

/** The package is an optional peer, so it is loaded when it is wanted. */
const load = (): Promise<Libsql> => import("@libsql/client/sqlite3");

/** @throws StorageError `libsql_missing` with the command that installs it. */
export async function loadLibsql(from: () => Promise<Libsql> = load): Promise<Libsql> {
  try {
    return await from();
  } catch (cause) {
    throw new StorageError(
      "libsql_missing",
      "Storage needs the package @libsql/client, and it cannot be loaded",
      "install it by npm install --save-dev @libsql/client",
      { cause },
    );
  }
}
