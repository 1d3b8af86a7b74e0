// Referee is what others make of our images and documents: a registry, a client of registries, and readers of SBOMs, none
// of which is ours.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/CycloneDX/cyclonedx-go"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	spdxjson "github.com/spdx/tools-golang/json"
	"github.com/spdx/tools-golang/spdxlib"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(what, argument string) error {
	switch what {
	case "serve":
		return serve(argument == "with-referrers")
	case "referrers":
		return referrers(argument)
	case "spdx":
		return readSPDX(argument)
	case "cyclonedx":
		return readCycloneDX(argument)
	}
	return fmt.Errorf("unknown: %s", what)
}

// serve prints its address, and serves until it is killed.
func serve(withReferrers bool) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, registry.New(registry.WithReferrersSupport(withReferrers)))
}

// referrers prints what a registry has about an image, as JSON: by its list of referrers, or else by the tag.
func referrers(reference string) error {
	digest, err := name.NewDigest(reference)
	if err != nil {
		return err
	}
	index, err := remote.Referrers(digest)
	if err != nil {
		return err
	}
	manifest, err := index.IndexManifest()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(manifest.Manifests)
}

// readSPDX prints the names of the packages.
func readSPDX(file string) error {
	opened, err := os.Open(file)
	if err != nil {
		return err
	}
	document, err := spdxjson.Read(opened)
	if err != nil {
		return err
	}
	if err := spdxlib.ValidateDocument(document); err != nil {
		return err
	}
	for _, each := range document.Packages {
		fmt.Println(each.PackageName, each.PackageVersion)
	}
	return nil
}

// readCycloneDX prints the names of the components.
func readCycloneDX(file string) error {
	opened, err := os.Open(file)
	if err != nil {
		return err
	}
	var bom cyclonedx.BOM
	if err := cyclonedx.NewBOMDecoder(opened, cyclonedx.BOMFileFormatJSON).Decode(&bom); err != nil {
		return err
	}
	if bom.SpecVersion != cyclonedx.SpecVersion1_6 {
		return fmt.Errorf("version %s", bom.SpecVersion)
	}
	for _, each := range *bom.Components {
		fmt.Println(each.Name, each.Version)
	}
	return nil
}
