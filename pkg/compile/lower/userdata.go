package lower

import (
	"strings"

	"github.com/ekscc/ekscc/pkg/compile/bootstrap"
	"github.com/ekscc/ekscc/pkg/ir"
)

// setUserData sets what a node is told when it starts, if it is told anything.
// joins says that this makes it join the cluster.
func (g nodeGroup) setUserData(launchTemplate ir.Map, joins bool) {
	text := bootstrap.Node{Cluster: g.Cluster, Group: g.NodeGroupBase, Joins: joins}.UserData()
	switch {
	case joins:
		launchTemplate["UserData"] = ir.Base64{Value: ir.Sub{Text: text, Vars: g.bootstrapReferences(text)}}
	case text != "":
		launchTemplate["UserData"] = ir.Base64{Value: text}
	}
}

// bootstrapReferences are the values for what user data names of the deployed
// cluster. They come from the cluster's stack when CloudFormation deploys.
func (g nodeGroup) bootstrapReferences(text string) ir.Map {
	vars := ir.Map{}
	for _, name := range bootstrap.References {
		if !strings.Contains(text, "${"+name+"}") {
			continue
		}
		if name == bootstrap.ClusterDNS {
			vars[name] = g.ipv6ClusterDNS()
		} else {
			vars[name] = g.imported(clusterFile, name)
		}
	}
	return vars
}

// ipv6ClusterDNS is the address of the cluster's DNS service, the tenth of the
// /108 that EKS chooses, such as "fd12:3456:789a::a" of fd12:3456:789a::/108.
func (g nodeGroup) ipv6ClusterDNS() ir.Value {
	block := ir.Function{Name: "Fn::Split", Argument: ir.List{"/", g.imported(clusterFile, bootstrap.ServiceIPv6CIDR)}}
	address := ir.Function{Name: "Fn::Select", Argument: ir.List{0, block}}
	return ir.Function{Name: "Fn::Join", Argument: ir.List{"", ir.List{address, "a"}}}
}
