import { type Operation, operation } from "../Operation.js";
import { openApiOf } from "../openApi.js";
import { anyObject, record, string } from "../schemas.js";
import { appliances } from "./appliances.js";
import { behaviour } from "./behaviour.js";
import { general } from "./general.js";
import { records } from "./records.js";
import { serviceProviders } from "./serviceProviders.js";

const openApi: Operation = operation({
  id: "getOpenApi",
  tag: "Emulator",
  method: "GET",
  path: "/openapi.json",
  summary: "This API as an OpenAPI document.",
  status: 200,
  answer: record({ openapi: string, paths: anyObject }),
  run: () => openApiOf(operations),
});

/** All that the control API does. Routes, OpenAPI document and page are made of this table. */
export const operations: readonly Operation[] = [
  ...general,
  openApi,
  ...appliances,
  ...serviceProviders,
  ...behaviour,
  ...records,
];
