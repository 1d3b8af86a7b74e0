export default { build: { outDir: "../static" } }
