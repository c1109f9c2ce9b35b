#!/usr/bin/perl
# An independent mapping of five columns, as etc/sample.conf describes them, with MARC::Record.
# Reads a file of UTF-8 MARC records; prints one JSON object a record.
use strict;
use warnings;
use utf8;
use Encode qw(decode FB_DEFAULT);
use JSON::PP;
use MARC::Batch;
use Unicode::Normalize qw(NFC);

my $json = JSON::PP->new->utf8->canonical;
my $batch = MARC::Batch->new( 'USMARC', $ARGV[0] );
$batch->strict_off;
$batch->warnings_off;

# Words that end in a full stop of their own; the first line those of states.
my $states = 'Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ill|Ind|Kan|Mass|Mich|Minn|Miss|Mont|Neb|Nev|Okla|Ore|Penn|Tenn|Tex|Wash|Wis|Wyo|Dak';
my $abbreviation = qr/(?:^|[^\p{L}])(?:$states|\p{L}{1,2}|Inc|Ltd|Corp|Dept|Univ|Assoc|Bros|Cie|Gov|Govt|Mrs|Rev|Sir|Hon|Capt|Col|Gen|Gmbh|etc|vol|vols|pts?|nos?|arr|ill|rev|ser|fasc|suppl|publ|dept|approx|Esq)\z/i;

sub text {
    my $t = shift;
    # Undecodable bytes become U+FFFD; controls are dropped, white space controls are blanks.
    $t = decode( 'UTF-8', $t, FB_DEFAULT ) unless utf8::is_utf8($t);
    $t =~ s/[\t\n\r\x1c-\x1f]/ /g;
    $t =~ s/[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x9f\x{feff}]//g;
    return NFC($t);
}

sub trim_punctuation {
    my $t = shift;
    my $before = '';
    while ( $t ne $before ) {
        $before = $t;
        $t =~ s/[ \/:;,=]+\z//;
        $t =~ s/\A +//;
        if ( $t =~ /\A(.*[^.])\.\z/s ) {
            my $rest = $1;
            $t = $rest if $rest =~ /[)\]"”'’\d]\z/ || ( $rest =~ /\p{L}{3,}\z/ && $rest !~ $abbreviation );
        }
        $t =~ s/\A\[([^\[\]]*)\]\z/$1/s;
        $t =~ s/\A\[([^\[\]]*)\z/$1/s;
        $t =~ s/\A([^\[\]]*)\]\z/$1/s;
    }
    return $t;
}

# The chosen subfields of one field, joined.
sub chosen {
    my ( $field, $codes, $join ) = @_;
    return join $join, map { $_->[1] } grep { $_->[1] =~ /\S/ }
        map { [ $_->[0], text( $_->[1] ) ] } grep { index( $codes, $_->[0] ) >= 0 } $field->subfields;
}

# Fields of a tag and the 880s linked with it, in the order of the record.
sub fields {
    my ( $record, $tag, $linked ) = @_;
    return grep {
        $_->tag eq $tag || ( $linked && $_->tag eq '880' && ( $_->subfield('6') // '' ) =~ /\A\Q$tag\E/ )
    } $record->fields;
}

sub stored_list {
    my %seen;
    my @elements = grep { $_ ne '' && !$seen{$_}++ } map { s/\A\s+|\s+\z//gr } map { split /;/ } @_;
    return @elements ? ';' . join( ';', @elements ) . ';' : '';
}

sub title {
    my $record = shift;
    for my $field ( fields( $record, '245', 0 ) ) {
        my $t = chosen( $field, 'abfghknps', ' ' );
        $t =~ s/ *\[(?:art original|braille|cartographic material|computer file|electronic resource|filmstrip|game|graphic|kit|manuscript|map|microform|model|motion picture|music|picture|realia|slide|sound recording|text \(large print\)|transparency|videorecording)\]//i;
        $t = trim_punctuation($t);
        $t =~ s/ +/ /g;
        $t =~ s/\A +| +\z//g;
        return $t if $t ne '';
    }
    return '';
}

sub creators {
    my $record = shift;
    my @names;
    for my $rule ( [ 100, 'abcdq' ], [ 110, 'abcdn' ], [ 111, 'acdenq' ] ) {
        push @names, map { trim_punctuation( chosen( $_, $rule->[1], ' ' ) =~ s/;/,/gr ) } fields( $record, $rule->[0], 1 );
    }
    return stored_list(@names);
}

my $back = sub { $_[0] =~ s/([,:(]) -- /$1 /gr };
my @subject_rules = (
    [ 650, 'abcdvxyz', sub { $_[0] } ],
    [ 651, 'abvxyz',   sub { $_[0] } ],
    [   600, 'abcdfgklnpqtvxyz',
        sub {
            my $t = $back->( $_[0] );
            $t =~ s/ -- (?=\(|[IVX]+\b)/ /g;
            $t =~ s/(?<!\b\p{L})(?<!\bJr)(?<!\bSr)(?<!\bSt)\. -- /. /g;
            return $t;
        }
    ],
    [   610, 'abcdfgklnptvxyz',
        sub {
            my $t = $back->( $_[0] );
            $t =~ s/ -- (?=\()/ /g;
            $t =~ s/(?<!\b\p{L})(?<!\bCo)(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\betc)\. -- /. /g;
            return $t;
        }
    ],
    map { my ( $tag, $codes ) = @$_;
        [   $tag, $codes,
            sub {
                my $t = $back->( $_[0] );
                $t =~ s/ -- (?=\()/ /g;
                $t =~ s/(?<!\b\p{L})(?<!\betc)\. -- /. /g;
                return $t;
            }
        ]
    } ( [ 611, 'acdefgklnpqtvxyz' ], [ 630, 'adfgklnpstvxyz' ] ),
);

sub subjects {
    my $record = shift;
    my @headings;
    for my $rule (@subject_rules) {
        my ( $tag, $codes, $change ) = @$rule;
        for my $field ( fields( $record, $tag, 1 ) ) {
            next if ( $field->indicator(2) // '' ) ne '0';
            push @headings, trim_punctuation( $change->( chosen( $field, $codes, ' -- ' ) =~ s/;/,/gr ) );
        }
    }
    return stored_list(@headings);
}

sub clean_url {
    my $u = shift;
    $u =~ s/\A\s+|\s+\z//g;
    return '' if $u eq '' || $u =~ /\A(?:urn|doi|hdl|info):/i;
    $u = "http://$u" unless $u =~ m{\A[A-Za-z][A-Za-z0-9+.-]*://|\A(?:mailto|news|file):}i;
    return '' unless $u =~ m{\A([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]+)(.*)\z}s;
    my ( $scheme, $host, $rest ) = ( lc $1, lc $2, $3 );
    return '' unless $host =~ /\./;
    $host =~ s/:80\z// if $scheme eq 'http';
    $host =~ s/:443\z// if $scheme eq 'https';
    my $bytes = Encode::encode( 'UTF-8', $rest );
    $bytes =~ s/%([0-9a-fA-F]{2})/'%' . uc $1/ge;
    $bytes =~ s/%(?![0-9A-F]{2})/%25/g;
    # RFC 3986: square brackets stand around an IP address in the host, and nowhere else.
    $bytes =~ s{([^A-Za-z0-9\-._~:/?#\@!\$&'()*+,;=%])}{sprintf '%%%02X', ord $1}ge;
    return "$scheme://$host$bytes";
}

sub url {
    my ( $record, $id ) = @_;
    my @rules = (
        sub { $_[0] eq '4' && $_[1] eq '0' }, sub { $_[0] eq '4' && $_[1] eq '1' },
        sub { $_[0] eq '4' && $_[1] eq ' ' }, sub { $_[1] ne '2' },
    );
    for my $rule (@rules) {
        for my $field ( fields( $record, '856', 0 ) ) {
            next unless $rule->( $field->indicator(1), $field->indicator(2) );
            for my $u ( $field->subfield('u') ) {
                my $clean = clean_url( text($u) );
                return $clean if $clean ne '';
            }
        }
    }
    return "http://www.example.org/cgi-bin/view_record=$id";
}

sub isbn13 {
    my $digits = uc shift;
    if ( length $digits == 10 ) {
        my $sum = 0;
        $sum += ( substr( $digits, $_, 1 ) eq 'X' ? 10 : substr( $digits, $_, 1 ) ) * ( 10 - $_ ) for 0 .. 9;
        return if $sum % 11 || $digits =~ /X./ || $digits =~ /\A(.)\1*\z/;
        $digits = '978' . substr( $digits, 0, 9 );
    }
    else {
        return unless $digits =~ /\A97[89]\d{10}\z/ && $digits !~ /\A9790/;
    }
    my $sum = 0;
    $sum += substr( $digits, $_, 1 ) * ( $_ % 2 ? 3 : 1 ) for 0 .. 11;
    my $isbn = substr( $digits, 0, 12 ) . ( 10 - $sum % 10 ) % 10;
    return $isbn;
}

sub isbns {
    my $record = shift;
    my @texts = map { text( $_->subfield('a') // '' ) } fields( $record, '020', 0 );
    push @texts, grep { /\A97[89]/ } map { text( $_->subfield('a') // '' ) } grep { $_->indicator(1) eq '3' } fields( $record, '024', 0 );
    my @isbns;
    for my $t (@texts) {
        for my $run ( $t =~ /(\d[\d-]{6,}[Xx]?)/g ) {
            my $digits = $run =~ s/-//gr;
            next unless length $digits == 10 || length $digits == 13;
            my $original = $digits;
            my $isbn = isbn13($digits);
            push @isbns, $isbn if defined $isbn && ( length $original == 10 || $isbn eq $original );
        }
    }
    return stored_list(@isbns);
}

while ( my $record = $batch->next ) {
    my $id = text( $record->field('001') ? $record->field('001')->data : '' );
    $id =~ s/\A\s+|\s+\z//g;
    print $json->encode(
        {   id       => $id,
            title    => title($record),
            creators => creators($record),
            subjects => subjects($record),
            url      => url( $record, $id ),
            isbn     => isbns($record),
        }
    ), "\n";
}
