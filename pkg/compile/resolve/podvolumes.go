package resolve

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	paths "path"
	"slices"
	"strings"

	"github.com/ekscc/ekscc/pkg/catalog"
	"github.com/ekscc/ekscc/pkg/compile/spec"
	"github.com/ekscc/ekscc/pkg/diag"
)

// checkMounts checks where a container sees volumes.
func (r *resolver) checkMounts(p program, c container) {
	taken := map[string]string{}
	for _, mount := range sortedKeys(c.VolumeMounts) {
		m, at := c.VolumeMounts[mount], c.at.at("volumeMounts", mount)
		clean := paths.Clean(mount)
		switch other, ok := taken[clean]; {
		case !strings.HasPrefix(mount, "/") || strings.Contains(mount, ":"):
			r.report(diag.MountPath, at, "write an absolute path without a colon", "a volume cannot be mounted at %q", mount)
		case ok:
			r.report(diag.MountPath, at, "remove one of them", "that is the path %q, where a volume is mounted already", other)
		}
		taken[clean] = mount
		if m.SubPath != "" && !isInside(m.SubPath) {
			r.report(diag.MountPath, at.at("subPath"), "", "%q is not a path in the volume", m.SubPath)
		}
		if names := p.volumes(); !slices.Contains(names, m.Volume) {
			hint := cmp.Or(catalog.DidYouMean(m.Volume, names), "add it to the volumes of the workload")
			r.report(diag.VolumeUse, at.at("volume"), hint, "there is no volume %q", m.Volume)
		}
	}
}

// mounted are the names of the volumes that some container mounts.
func (p program) mounted() map[string]bool {
	names := map[string]bool{}
	for _, c := range p.containers() {
		for m := range maps.Values(c.VolumeMounts) {
			names[m.Volume] = true
		}
	}
	return names
}

// volumes are the names of what the containers of a program may mount.
func (p program) volumes() []string {
	return append(sortedKeys(p.pod.Volumes), sortedKeys(p.claims)...)
}

func (r *resolver) checkVolumes(p program) {
	mounted := p.mounted()
	for _, name := range sortedKeys(p.claims) {
		if !mounted[name] {
			r.report(diag.VolumeUse, p.at.at("volumeClaimTemplates", name), "add it to volumeMounts, or remove it", "no container mounts the volume %q", name)
		}
	}
	for _, name := range sortedKeys(p.pod.Volumes) {
		at := p.at.at("volumes", name)
		r.checkDNSLabel(at, "volume", name)
		if !mounted[name] {
			r.report(diag.VolumeUse, at, "add it to volumeMounts, or remove it", "no container mounts the volume %q", name)
		}
		r.checkPodVolume(at, p, p.pod.Volumes[name])
	}
}

// checkPodVolume checks a volume of a pod.
func (r *resolver) checkPodVolume(at path, p program, v spec.PodVolume) {
	if !r.checkChoice(diag.VolumeSource, at, "the volume",
		choice{"emptyDir", v.EmptyDir != nil}, choice{"hostPath", v.HostPath != nil}, choice{"configMap", v.ConfigMap != nil},
		choice{"secret", v.Secret != nil}, choice{"projected", v.Projected != nil}, choice{"downwardAPI", v.DownwardAPI != nil},
		choice{"persistentVolumeClaim", v.PersistentVolumeClaim != nil}, choice{"ephemeral", v.Ephemeral != nil}, choice{"csi", v.CSI != nil}) {
		return
	}
	switch {
	case v.EmptyDir != nil:
		r.checkQuantity(at.at("emptyDir", "sizeLimit"), "memory", v.EmptyDir.SizeLimit)
	case v.HostPath != nil:
		if !strings.HasPrefix(v.HostPath.Path, "/") || slices.Contains(strings.Split(v.HostPath.Path, "/"), "..") {
			r.report(diag.MountPath, at.at("hostPath", "path"), "", "%q is not an absolute path on the node", v.HostPath.Path)
		}
	case v.ConfigMap != nil:
		r.checkConfigMapFiles(at.at("configMap"), p.pod.Namespace, v.ConfigMap.Name, v.ConfigMap.Items, v.ConfigMap.Optional)
	case v.Secret != nil:
		r.checkReferredName(at.at("secret", "name"), "Secret", v.Secret.Name)
		r.checkFiles(at.at("secret", "items"), v.Secret.Items)
	case v.Projected != nil:
		r.checkProjected(at.at("projected", "sources"), p, v.Projected.Sources)
	case v.DownwardAPI != nil:
		r.checkDownwardAPI(at.at("downwardAPI"), *v.DownwardAPI)
	case v.PersistentVolumeClaim != nil:
		r.checkClaimName(at.at("persistentVolumeClaim", "claimName"), p.pod.Namespace, v.PersistentVolumeClaim.ClaimName)
	case v.Ephemeral != nil:
		r.checkClaim(at.at("ephemeral"), *v.Ephemeral)
	case v.CSI != nil:
		r.checkReferredName(at.at("csi", "driver"), "CSI driver", v.CSI.Driver)
	}
}

func (r *resolver) checkConfigMapFiles(at path, namespace, name string, items map[string]string, optional *bool) {
	r.checkFiles(at.at("items"), items)
	if !isTrue(optional) {
		r.checkConfigMap(at.at("name"), namespace, name, at.at("items"), sortedKeys(items)...)
	}
}

// checkFiles checks the file of each key.
func (r *resolver) checkFiles(at path, items map[string]string) {
	taken := map[string]string{}
	for _, key := range sortedKeys(items) {
		r.checkDataKey(at.at(key), key)
		r.checkFile(at.at(key), items[key], key, taken)
	}
}

// checkFile checks the path of a file in a volume. Owner is what it is made of.
func (r *resolver) checkFile(at path, file, owner string, taken map[string]string) {
	if file == "" || !isInside(file) {
		r.report(diag.MountPath, at, "write a relative path", "%q is not a path in the volume", file)
	}
	if other, ok := taken[paths.Clean(file)]; ok {
		r.report(diag.MountPath, at, "", "the file %q is made of %q already", file, other)
	}
	taken[paths.Clean(file)] = owner
}

func (r *resolver) checkDownwardAPI(at path, v spec.DownwardAPI) {
	if len(v.FieldRef)+len(v.ResourceFieldRef) == 0 {
		r.report(diag.VolumeSource, at, "add fieldRef or resourceFieldRef", "the volume has no files")
	}
	taken := map[string]string{}
	for _, file := range sortedKeys(v.FieldRef) {
		r.checkFile(at.at("fieldRef", file), file, v.FieldRef[file], taken)
		r.checkField(at.at("fieldRef", file), v.FieldRef[file], fileFields)
	}
	for _, file := range sortedKeys(v.ResourceFieldRef) {
		r.checkFile(at.at("resourceFieldRef", file), file, v.ResourceFieldRef[file], taken)
		r.checkField(at.at("resourceFieldRef", file), v.ResourceFieldRef[file], resourceFields)
	}
}

func (r *resolver) checkProjected(at path, p program, sources []spec.ProjectedSource) {
	if len(sources) == 0 {
		r.report(diag.VolumeSource, at, "add a source", "the volume has no sources")
	}
	taken := map[string]string{}
	for i, s := range sources {
		at := at.index(i)
		if !r.checkChoice(diag.VolumeSource, at, "the source", choice{"configMap", s.ConfigMap != nil}, choice{"secret", s.Secret != nil},
			choice{"downwardAPI", s.DownwardAPI != nil}, choice{"serviceAccountToken", s.ServiceAccountToken != nil}) {
			continue
		}
		r.checkProjectedSource(at, p, s, taken, fmt.Sprintf("sources.%d", i))
	}
}

func (r *resolver) checkProjectedSource(at path, p program, s spec.ProjectedSource, taken map[string]string, owner string) {
	files := map[string]path{}
	switch {
	case s.ConfigMap != nil:
		r.checkConfigMapFiles(at.at("configMap"), p.pod.Namespace, s.ConfigMap.Name, s.ConfigMap.Items, s.ConfigMap.Optional)
		for key, file := range s.ConfigMap.Items {
			files[file] = at.at("configMap", "items", key)
		}
	case s.Secret != nil:
		r.checkReferredName(at.at("secret", "name"), "Secret", s.Secret.Name)
		r.checkFiles(at.at("secret", "items"), s.Secret.Items)
		for key, file := range s.Secret.Items {
			files[file] = at.at("secret", "items", key)
		}
	case s.DownwardAPI != nil:
		for file, field := range s.DownwardAPI.FieldRef {
			files[file] = at.at("downwardAPI", "fieldRef", file)
			r.checkField(files[file], field, fileFields)
		}
	default:
		at := at.at("serviceAccountToken")
		files[s.ServiceAccountToken.Path] = at.at("path")
		r.checkNumbers(diag.PodSetting, at, bounds{"expirationSeconds", s.ServiceAccountToken.ExpirationSeconds, 600, math.MaxInt32})
	}
	r.checkProjectedFiles(files, taken, owner)
}

func (r *resolver) checkProjectedFiles(files map[string]path, taken map[string]string, owner string) {
	for _, file := range sortedKeys(files) {
		if !r.reported(diag.MountPath, files[file]) {
			r.checkFile(files[file], file, owner, taken)
		}
	}
}
