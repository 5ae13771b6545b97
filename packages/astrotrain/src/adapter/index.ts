export { isBytes } from "../encoding/isBytes.js";
export { checkClient, type SigningClient, signVerified, type VerifyDevice } from "./signVerified.js";
