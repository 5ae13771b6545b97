export { checkClient, type SigningClient, signVerified, type VerifyDevice } from "./signVerified.js";
