import { CubeSignerClient, type SessionData } from "@cubist-labs/cubesigner-sdk";
import { CubeSignerSource } from "@cubist-labs/cubesigner-sdk-viem";
import { evmAccount } from "../../fixtures.js";
import type { Program } from "../Row.js";
import { withViem } from "../viem.js";

export const cubesignerViem: Program = async (baseUrl) => {
  const inAYear = Math.floor(Date.now() / 1000) + 365 * 24 * 3600;
  const session: SessionData = {
    org_id: "Org#benchmark",
    role_id: "Role#benchmark",
    token: "benchmark",
    refresh_token: "benchmark",
    session_exp: inAYear,
    session_info: {
      session_id: "benchmark",
      epoch: 1,
      epoch_token: "benchmark",
      auth_token: "benchmark",
      auth_token_exp: inAYear,
      refresh_token: "benchmark",
      refresh_token_exp: inAYear,
    } as SessionData["session_info"],
    env: { "Dev-CubeSignerStack": { SignerApiRoot: baseUrl, OrgEventsTopicArn: "" } },
  };
  return withViem(new CubeSignerSource(evmAccount.address, await CubeSignerClient.create(session)));
};
