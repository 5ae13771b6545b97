import { GoogleAuth } from "google-auth-library";
import type { GoogleKey } from "./googleSigner.js";

const auth = new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloudkms" });

/** Of the application's default credentials; kept and renewed by the library. */
export const accessToken: GoogleKey["accessToken"] = () => auth.getAccessToken();
