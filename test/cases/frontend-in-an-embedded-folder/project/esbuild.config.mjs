import * as esbuild from "esbuild"

await esbuild.build({ entryPoints: ["server/ui-src/app.js"], bundle: true, outdir: "server/ui/dist/" })
