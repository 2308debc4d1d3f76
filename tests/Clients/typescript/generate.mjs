// Types of the API from its description; files are Blobs, which the command line of openapi-typescript would make strings.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const blob = ts.factory.createTypeReferenceNode("Blob");
const document = JSON.parse(await readFile("generated/openapi.json", "utf8"));
const types = await openapiTS(document, { transform: (schema) => (schema.format === "binary" ? blob : undefined) });
await writeFile("generated/api.d.ts", astToString(types));
