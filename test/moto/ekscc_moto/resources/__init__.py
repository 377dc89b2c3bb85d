"""The resource types that the plug-in brings, each under its name."""

from . import access, acls, anywhere, cluster, compute, endpoints, extensions, firewall, gateways, identity, instances, network, nodes, routes, scaling, services

RESOURCES = {
    resource.aws_type: resource
    for module in (network, gateways, routes, acls, firewall, identity, services, endpoints, compute, scaling, instances, cluster, access, nodes, extensions, anywhere)
    for resource in module.RESOURCES
}
