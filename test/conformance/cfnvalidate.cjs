// Reads [{Path, Region}] from standard input, validates each template for its
// region, and writes the reports in the same order. The argument is the folder
// that holds @aws/cloudformation-validate.
const fs = require("fs");
const { CompositeEngine, TemplateFile } = require(process.argv[2]);

const engine = new CompositeEngine(); // costly to make, so there is only one
const reports = JSON.parse(fs.readFileSync(0)).map(({ Path, Region }) =>
  engine.validateTemplate(new TemplateFile(Path), {
    detailLevel: "STANDARD",
    pseudoParameterOverrides: { region: Region },
  }),
);
process.stdout.write(JSON.stringify(reports));
