export { openStorage, type Storage, type StorageOptions } from "./openStorage.js";
export { StorageError, type StorageErrorCode } from "./StorageError.js";
export type { StorageState } from "./state.js";
