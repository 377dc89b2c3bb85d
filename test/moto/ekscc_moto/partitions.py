"""What differs between the partitions of AWS."""

from functools import lru_cache

import botocore.session
from moto.utilities.utils import get_partition


@lru_cache
def dns_suffix(region: str) -> str:
    """Returns the domain that the names of the services in a region end with."""
    return botocore.session.get_session().get_component("endpoint_resolver").get_partition_dns_suffix(get_partition(region))


def ec2_principal(region: str) -> str:
    """Returns the name by which roles trust EC2. Most services have one name everywhere; EC2's follows the partition."""
    return f"ec2.{dns_suffix(region)}"
