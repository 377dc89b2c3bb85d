"""The resource types that the plug-in brings, each under its name."""

from . import access, cluster, compute, extensions, firewall, identity, network, nodes

RESOURCES = {
    resource.aws_type: resource
    for module in (network, firewall, identity, compute, cluster, access, nodes, extensions)
    for resource in module.RESOURCES
}
