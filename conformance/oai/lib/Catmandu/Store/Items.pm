# Records of a file of JSON, in the place of a search engine: a bag that understands the few queries that
# Catmandu's plugin for OAI-PMH makes.

package Catmandu::Store::Items;

use Catmandu::Sane;
use Moo;
with 'Catmandu::Store';

has path => (is => 'ro', required => 1);

package Catmandu::Store::Items::Bag;

use Catmandu::Sane;
use Catmandu::Hits;
use Cpanel::JSON::XS qw(decode_json);
use Moo;
with 'Catmandu::Bag', 'Catmandu::CQLSearchable';

sub items {
    my ($self) = @_;
    open my $file, '<:raw', $self->store->path or die $self->store->path . ": $!";
    local $/;
    return map { {%$_, _id => $_->{id}} } @{decode_json(<$file>)};
}

sub wanted {
    my ($one, $query) = @_;
    my ($id)    = $query =~ /_id exact "(.*?)"/;
    my ($set)   = $query =~ /set exact "(.*?)"/;
    my ($from)  = $query =~ /datestamp >= "(.*?)"/;
    my ($until) = $query =~ /datestamp <= "(.*?)"/;
    return
           (!defined $id || $one->{id} eq $id)
        && (!defined $set || grep { index("$_:", "$set:") == 0 } @{$one->{sets}})
        && (!defined $from || $one->{datestamp} ge $from)
        && (!defined $until || $one->{datestamp} le $until);
}

sub search {
    my ($self, %args) = @_;
    my @found = grep { wanted($_, $args{query}) } $self->items;
    @found = sort { $a->{datestamp} cmp $b->{datestamp} } @found if $args{sru_sortkeys};
    my ($start, $limit) = ($args{start} // 0, $args{limit});
    my $total = @found;
    my @page  = splice @found, $start, $limit;
    return Catmandu::Hits->new(start => $start, limit => $limit, total => $total, hits => \@page);
}

sub generator { my @items = $_[0]->items; sub { shift @items } }
sub get { my ($self, $id) = @_; (grep { $_->{id} eq $id } $self->items)[0] }
sub add { die 'records are read only' }
sub delete { die 'records are read only' }
sub delete_all { die 'records are read only' }
sub searcher { die 'not asked for' }
sub delete_by_query { die 'records are read only' }
sub translate_sru_sortkeys { $_[1] }
sub translate_cql_query { $_[1] }

1;
