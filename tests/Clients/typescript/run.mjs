// node typescript/run.mjs BASE-URL EMAIL PICTURE
import { readFile } from "node:fs/promises";
import { quickStart } from "../generated/typescript/typescript/quickstart.js";

const [base, email, picture] = process.argv.slice(2);
await quickStart(base, email, new Blob([await readFile(picture)], { type: "image/png" }));
